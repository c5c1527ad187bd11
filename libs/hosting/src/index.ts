export { Closing } from './closing.js';
export { runService } from './run.js';
export { allFaces } from './service.module.js';
export { allServices } from './services.js';
export { settingsFrom } from './settings.js';
