export { GatewayModule } from './gateway.module.js';
export { createWeb } from './web-app.js';
