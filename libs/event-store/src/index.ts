export { copyClock, copyLog, NotACopy, RevisionsLost } from './copy.js';
export * from './port.js';
