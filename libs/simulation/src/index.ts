export { type SettableClock, type Simulated, type Simulation, simulate } from './simulate.js';
