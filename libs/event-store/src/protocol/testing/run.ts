import { appending } from './appending.js';
import { type ClientName, type Means, meansOf } from './client.js';
import { forgetting, locked } from './forgetting.js';
import { reading } from './reading.js';
import { beingLeft, subscribing } from './subscribing.js';

const SCENARIOS: Record<string, (means: Means) => Promise<void>> = {
  appending,
  reading,
  subscribing,
  forgetting,
  locked,
  beingLeft,
};

// node run.ts <client> <url> <scenario>...
const [, , name, url = '', ...wanted] = process.argv;
const means = await meansOf(name as ClientName, url);
for (const scenario of wanted) await SCENARIOS[scenario]?.(means);
process.exit(0);
