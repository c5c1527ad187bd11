export { audit } from './audit.module.js';
