// Run once by the image, on an empty volume: a user that may write the read stores and no more.
const { MONGODB_USER, MONGODB_PASSWORD } = process.env;

const DATABASES = ['identity', 'membership', 'ledger', 'reporting', 'audit'];

db.getSiblingDB('admin').createUser({
  user: MONGODB_USER,
  pwd: MONGODB_PASSWORD,
  roles: DATABASES.map((service) => ({ role: 'readWrite', db: `lumbung-${service}` })),
});
