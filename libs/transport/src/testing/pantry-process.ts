// The pantry in a process of its own, over NATS: pantry-process.ts <url>. Says when it is open.

import { connectNats, NatsBus, NatsServer } from '../nats/index.js';
import { nodeClock } from './clock.js';
import { pantry } from './pantry.js';

const [url = ''] = process.argv.slice(2);
const connection = await connectNats({ url, name: 'pantry' });
const given = { connection, regency: '35.06', ...nodeClock };
const wire = { bus: new NatsBus(given), server: new NatsServer({ ...given, service: 'test' }) };
const { open } = await pantry('a-token', wire);
await open();
process.send?.('open');
