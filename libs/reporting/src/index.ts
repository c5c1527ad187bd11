export { reporting } from './reporting.module.js';
