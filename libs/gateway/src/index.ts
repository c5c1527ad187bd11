export { GatewayModule } from './gateway.module.js';
export { partWhenStopping, refuseForeign, servePage } from './web.js';
