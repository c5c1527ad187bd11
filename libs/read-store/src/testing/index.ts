export { mongoDouble } from '../mongodb/testing/double.js';
