export { type Simulated, simulate } from './simulate.js';
