export { membership } from './membership.module.js';
