import type { Command } from 'commander';
import { ProgressApi } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';
import { percentOf, watched } from '../terminal/watching.js';

type Options = { user: string; json?: boolean };

const said = (projection: string, written: number) =>
  `${projection}: dibangun ulang, ${written.toLocaleString('id')} dokumen ditulis.`;

const rebuild = async (means: Means, projection: string | undefined, options: Options) => {
  const session = await connect(means);
  try {
    const caller = await actingAs(session.bus, options.user, {
      thread: 'rebuild',
      needs: ['platform.rebuild'],
    });
    const query = projection === undefined ? {} : { projection };
    const progress = clientFor(ProgressApi, session.bus);
    const work = progress.rebuild({ query, caller });
    const built = await watched('Membangun ulang', work, async () => {
      const { rebuilding, head } = await progress.progress({ query: {}, caller });
      const percents = Object.values(rebuilding).map(({ position }) => percentOf(position, head));
      return Math.min(100, ...percents);
    });
    if (options.json) console.log(JSON.stringify(built));
    else for (const { projection, written } of built) console.log(said(projection, written));
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
