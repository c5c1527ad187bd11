export * from './bus.js';
export * from './face.decorator.js';
export * from './faces.module.js';
export * from './failure.filter.js';
export * from './failure.js';
export * from './in-process.js';
export * from './permission.decorator.js';
