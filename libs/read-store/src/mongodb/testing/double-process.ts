// The double of MongoDB in a process of its own. Says its address when it listens.
import { mongoDouble } from './double.js';

const double = mongoDouble();
await double.start();
process.send?.(double.url);
process.once('disconnect', () => double.stop());
