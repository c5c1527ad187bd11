import { type Command, Option } from 'commander';
import { AddUser, Role, UserApi } from '#lumbung/contracts';
import { type CommandId, type UserName, uuidOf } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { clientFor } from '#lumbung/transport';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';

type Options = { role: Role; user: string; json?: boolean };

const add = async (means: Means, name: string, options: Options): Promise<void> => {
  const session = await connect(means);
  try {
    const now = nodePlatform.clock.now();
    const caller = await actingAs(session.bus, options.user, {
      thread: `user add ${name} ${now}`,
      needs: ['user.add'],
    });
    const id = uuidOf('cli', 'user add', name, now) as CommandId;
    const data = { name: name as UserName, role: options.role };
    const command = { type: AddUser.type, data, id, issuedAt: now };
    const answer = await clientFor(UserApi, session.bus).add({ command, caller });
    const shown = { name, role: options.role, position: answer.position };
    console.log(
      options.json ? JSON.stringify(shown) : `Pengguna ${name} (${options.role}) ditambahkan.`,
    );
  } finally {
    await session.close();
  }
};

export const userCommand = (program: Command, means: Means): void => {
  const role = new Option('--role <role>', 'peran').choices(Role.options).makeOptionMandatory();
  const user = program.command('user').description('Pengguna setempat');
  user
    .command('add <name>')
    .description('Menambah pengguna bernama dengan sebuah peran')
    .addOption(role)
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((name: string, options: Options) => add(means, name, options));
};
