import { execSync } from 'node:child_process';
import { type PersonId, uuidOf } from '#lumbung/kernel';
import { lmdbKeyStore } from './lmdb.js';
it('survives a full disk', async () => {
  execSync('mkdir -p /tmp/small && mount -t tmpfs -o size=300k tmpfs /tmp/small');
  const seen: string[] = [];
  const on = (e: unknown) => seen.push(String(e));
  process.on('unhandledRejection', on);
  const store = lmdbKeyStore('/tmp/small/keys.lmdb');
  await store.setCheck(new Uint8Array(32));
  let ok: PersonId[] = []; let bad = 0; let why: any;
  const round = async (n: number) => {
    const r = await Promise.allSettled(Array.from({ length: 64 }, (_, i) => store.add(uuidOf(n, i) as PersonId, { index: `k${n}-${i}`, wrappedKey: new Uint8Array(60) })));
    for (const x of r) if (x.status === 'fulfilled') ok.push(x.value); else { bad++; why = x.reason; }
  };
  for (let n = 0; n < 30; n++) await round(n);
  const first = ok.length;
  try { await store.remove(ok[0]!); console.log('removed'); } catch (e: any) { console.log('remove', e.code); }
  console.log({ first, bad, why: why?.code, cause: why?.cause?.message, all: ok.every((p) => store.wrappedKey(p)) });
  execSync('mount -o remount,size=8m /tmp/small');
  bad = 0;
  for (let n = 100; n < 110; n++) await round(n);
  console.log({ after: ok.length - first, bad, seen, all: ok.slice(1).every((p) => store.wrappedKey(p)) });
  await store.close();
  const again = lmdbKeyStore('/tmp/small/keys.lmdb');
  console.log({ again: ok.slice(1).every((p) => again.wrappedKey(p)), check: again.check()?.length });
  await again.close();
  await new Promise((r) => setTimeout(r, 200));
  console.log(seen);
}, 60000);
