import 'reflect-metadata';
import { audit } from '#lumbung/audit';
import { runService } from '#lumbung/hosting';
import { reporting } from '#lumbung/reporting';

await runService(process.argv, {
  name: 'reporting',
  services: [reporting, audit],
  tellsFeed: true,
});
