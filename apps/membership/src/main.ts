import 'reflect-metadata';
import { runService } from '#lumbung/hosting';
import { identity } from '#lumbung/identity';
import { membership } from '#lumbung/membership';

await runService(process.argv, {
  name: 'membership',
  services: [identity, membership],
  holdsVault: true,
});
