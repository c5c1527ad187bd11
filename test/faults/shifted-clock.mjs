// Loaded before a program of ours: its clock differs by what the file at FAULTS_CLOCKS says of it.
import { readFileSync } from 'node:fs';

const app = /\/apps\/([a-z]+)\//.exec(process.argv[1] ?? '')?.[1];
const shifts_ms = JSON.parse(readFileSync(process.env.FAULTS_CLOCKS ?? '', 'utf8'));
const shift_ms = shifts_ms[app] ?? 0;

if (shift_ms !== 0) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + shift_ms);
      else super(...given);
    }

    static now() {
      return RealDate.now() + shift_ms;
    }
  };
}
