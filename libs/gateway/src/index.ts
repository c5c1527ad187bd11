export { GatewayModule, type GatewayOptions } from './gateway.module.js';
export { refuseForeign, servePage } from './web.js';
