export { ledger } from './ledger.module.js';
