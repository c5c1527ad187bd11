import type { Command } from 'commander';
import { ProgressApi } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';

type Options = { user: string; json?: boolean };

const rebuild = async (means: Means, projection: string | undefined, options: Options) => {
  const session = await connect(means);
  try {
    const caller = await actingAs(session.bus, options.user, 'rebuild');
    const query = projection === undefined ? {} : { projection };
    const built = await clientFor(ProgressApi, session.bus).rebuild({ query, caller });
    console.log(options.json ? JSON.stringify(built) : `Dibangun ulang: ${built.join(', ')}.`);
  } finally {
    await session.close();
  }
};

export const rebuildCommand = (program: Command, means: Means): void => {
  program
    .command('rebuild [projection]')
    .description('Membangun ulang bacaan dari catatan, di samping yang sedang dipakai')
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((projection: string | undefined, options: Options) =>
      rebuild(means, projection, options),
    );
};
