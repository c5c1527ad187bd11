export { GatewayModule } from './gateway.module.js';
export { createWeb } from './web.js';
