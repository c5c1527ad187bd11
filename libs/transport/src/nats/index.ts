export * from './broker.js';
export * from './connection.js';
export * from './nats-bus.js';
export * from './nats-server.js';
