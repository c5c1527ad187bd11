import { type Command, Option } from 'commander';
import {
  AddUser,
  type Answer,
  EndRole,
  GrantRole,
  ProgressApi,
  Role,
  type RoleGrant,
  UserApi,
} from '#lumbung/contracts';
import {
  type Caller,
  type CommandDeclaration,
  type CommandId,
  type MemberId,
  type PlainDate,
  type Scope,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor } from '#lumbung/transport';
import { asUser } from '../acting.js';
import { DEFAULT_USER } from '../calling.js';
import type { Means } from '../folder/session.js';

type Acting = { user: string; json?: boolean };
type Held = Acting & { role: Role; scope?: string };
type Giving = Held & { from?: string; until?: string; member?: string };
type Ending = Held & { on?: string };

const sent = <T extends string, D extends { name: string }>(
  { type }: CommandDeclaration<T, D>,
  data: D,
) => {
  const issuedAt = nodePlatform.clock.now();
  return { type, data, id: uuidOf('cli', type, data.name, issuedAt) as CommandId, issuedAt };
};

const aboutHere = (bus: Bus, caller: Caller) =>
  clientFor(ProgressApi, bus).platform({ query: {}, caller });

const scopeOf = async (bus: Bus, caller: Caller, { scope }: Held): Promise<Scope> =>
  (scope ?? (await aboutHere(bus, caller)).regency) as Scope;

const grantOf = async (bus: Bus, caller: Caller, name: string, options: Giving) => {
  const { role, from, until, member } = options;
  const scope = await scopeOf(bus, caller, options);
  return {
    ...{ name: name as UserName, role, scope },
    ...(from !== undefined && { from: from as PlainDate }),
    ...(until !== undefined && { until: until as PlainDate }),
    ...(member !== undefined && { member: member as MemberId }),
  };
};

const tell = ({ json }: Acting, shown: object, sentence: string): void =>
  console.log(json ? JSON.stringify(shown) : sentence);

const tellOf = (options: Acting, data: object, { position }: Answer, sentence: string): void =>
  tell(options, { ...data, position }, sentence);

const add = (means: Means, name: string, options: Giving): Promise<void> =>
  asUser(means, options, 'user.add', async (bus, caller) => {
    const data = await grantOf(bus, caller, name, options);
    const command = sent(AddUser, data);
    const answer = await clientFor(UserApi, bus).add({ command, caller });
    const { role, scope } = data;
    tellOf(options, data, answer, `Pengguna ${name} (${role}, ${scope}) ditambahkan.`);
  });

const grant = (means: Means, name: string, options: Giving): Promise<void> =>
  asUser(means, options, 'user.grant', async (bus, caller) => {
    const data = await grantOf(bus, caller, name, options);
    const command = sent(GrantRole, data);
    const answer = await clientFor(UserApi, bus).grant({ command, caller });
    const { role, scope } = data;
    tellOf(options, data, answer, `${name} sekarang memegang peran ${role} di ${scope}.`);
  });

const end = (means: Means, name: string, options: Ending): Promise<void> =>
  asUser(means, options, 'user.grant', async (bus, caller) => {
    const { role } = options;
    const scope = await scopeOf(bus, caller, options);
    const on = (options.on ?? (await aboutHere(bus, caller)).businessDate) as PlainDate;
    const command = sent(EndRole, { name: name as UserName, role, scope, on });
    const answer = await clientFor(UserApi, bus).end({ command, caller });
    const sentence = `Peran ${role} dari ${name} di ${scope} berakhir pada ${on}.`;
    tellOf(options, command.data, answer, sentence);
  });

const lineOf = ({ role, scope, from, until }: RoleGrant): string =>
  `  ${role}, ${scope}, dari ${from}${until === null ? '' : ` sampai ${until}`}`;

const list = (means: Means, options: Acting): Promise<void> =>
  asUser(means, options, 'user.find', async (bus, caller) => {
    const users = await clientFor(UserApi, bus).list({ query: {}, caller });
    const lines = users.flatMap(({ name, roles }) => [name, ...roles.map(lineOf)]);
    tell(options, users, lines.join('\n'));
  });

const acting = (command: Command): Command =>
  command
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program');

const holding = (command: Command): Command =>
  acting(command)
    .addOption(new Option('--role <role>', 'peran').choices(Role.options).makeOptionMandatory())
    .option('--scope <code>', 'wilayah peran: kode seperti 35.06.17.1009 (bawaan: kabupaten ini)');

const giving = (command: Command): Command =>
  holding(command)
    .option('--from <date>', 'hari pertama (bawaan: hari ini)')
    .option('--until <date>', 'hari terakhir')
    .option('--member <id>', 'anggota yang mana, untuk peran anggota');

export const userCommand = (program: Command, means: Means): void => {
  const user = program.command('user').description('Pengguna dan perannya');
  giving(user.command('add <name>'))
    .description('Menambah pengguna bernama dengan peran pertamanya')
    .action((name: string, options: Giving) => add(means, name, options));
  giving(user.command('grant <name>'))
    .description('Memberi peran di suatu wilayah')
    .action((name: string, options: Giving) => grant(means, name, options));
  holding(user.command('end <name>'))
    .description('Mengakhiri peran; catatannya tetap ada')
    .option('--on <date>', 'hari terakhir (bawaan: hari ini)')
    .action((name: string, options: Ending) => end(means, name, options));
  acting(user.command('list'))
    .description('Pengguna dan peran mereka')
    .action((options: Acting) => list(means, options));
};
