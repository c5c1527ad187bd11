export { type MongoDouble, mongoDouble } from '../mongodb/testing/double.js';
