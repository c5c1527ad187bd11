export { copyClock, copyLog, NotACopy, RevisionsLost } from './copy.js';
export * from './port.js';
export { watched } from './watched.js';
