export { Closing, openWhole } from './closing.js';
export { openCalls } from './instances/calls.js';
export { allFaces, ProcessModule, partsOf } from './process.module.js';
export { openReadStores } from './read-stores.js';
export { runService } from './run.js';
export { allServices, PROCESSES } from './services.js';
export { settingsFrom, type TelemetrySettings, telemetrySettingsFrom } from './settings.js';
export { openProcessOperations, openProcessTelemetry, readingOfEngine } from './telemetry.js';
export { watchedVault } from './watched-vault.js';
