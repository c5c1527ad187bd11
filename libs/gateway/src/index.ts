export { GatewayModule } from './gateway.module.js';
export { refuseForeign, servePage } from './web.js';
