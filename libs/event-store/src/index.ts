export { copyClock, copyLog, NotACopy, RevisionsLost } from './copy.js';
export { isLong } from './long.js';
export * from './port.js';
export { watched } from './watched.js';
