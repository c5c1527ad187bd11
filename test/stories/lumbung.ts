import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const builtOf = (app: string): string => {
  const path = fileURLToPath(new URL(`../../dist/apps/${app}/src/main.js`, import.meta.url));
  if (!existsSync(path)) throw new Error('the stories run what `npm run build` has built');
  return path;
};

/** The built program, as `npm start` runs it. */
export const program = (): string => builtOf('lumbung');

/** With STORIES=services the server is all services as processes of their own (`apart.ts`). */
export const SPLIT = process.env.STORIES === 'services';

type Ended = { code: number | null; stdout: string; stderr: string };

export type Process = { child: ChildProcess; ended: Promise<Ended>; said: () => string };

type Environment = Record<string, string>;

const spawned = (
  args: readonly string[],
  environment: Environment,
  script = program(),
): Process => {
  const env = { ...process.env, LUMBUNG_LOG: 'error', ...environment };
  const child = spawn(process.execPath, [script, ...args], { env });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended, said: () => said.stdout + said.stderr };
};

/** Runs one command of the program to its end. */
export const run = (folder: string, ...args: string[]): Promise<Ended> =>
  spawned(args, { LUMBUNG_DATA: folder }).ended;

/** Begins a command and leaves it to the caller. */
export const begin = (folder: string, ...args: string[]): Process =>
  spawned(args, { LUMBUNG_DATA: folder });

export type Answered<T> = { data: T; errors?: { message: string; extensions: { code: string } }[] };

const asker = (address: string) => {
  const post = async <T>(query: string, variables: object = {}, user = 'pengurus') => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lumbung-user': user },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answered<T>;
  };
  return {
    post,
    /** The data of a query; throws where there are errors. */
    ask: async <T>(query: string, variables?: object, user?: string): Promise<T> => {
      const { data, errors } = await post<T>(query, variables, user);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    /** Sends a mutation whose input is a command; answers what it answers. */
    send: async <T>(mutation: string, input: object, selection = 'position'): Promise<T> => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`;
      const command = { commandId: randomUUID(), issuedAt: new Date().toISOString(), ...input };
      const { data, errors } = await post<Record<string, T>>(query, { input: command });
      if (errors) throw new Error(errors.map(({ extensions }) => extensions.code).join());
      return data[mutation] as T;
    },
  };
};

export type Server = Process & { address: string } & ReturnType<typeof asker>;

/** Starts the server on a free port; resolves when it serves, rejects when it ends before. */
export const serve = async (
  folder: string,
  args: readonly string[] = [],
  environment: Environment = {},
): Promise<Server> => {
  const given = { PORT: '0', LUMBUNG_DATA: folder, ...environment };
  return SPLIT
    ? serving(spawned(args, given, builtOf('services')))
    : serving(spawned(['serve', ...args], given));
};

/** As `serve`, with each service in a process of its own. */
const serveServices = (folder: string, environment: Environment = {}): Promise<Server> => {
  const given = { PORT: '0', LUMBUNG_DATA: folder, ...environment };
  return serving(spawned([], given, builtOf('services')));
};

const serving = async (started: Process): Promise<Server> => {
  const served = new Promise<string>((resolve) => {
    started.child.stdout?.on('data', () => {
      const address = started.said().match(/GraphQL {2}(http:\S+)\/graphql/)?.[1];
      if (address) resolve(address);
    });
  });
  const failed = started.ended.then(({ code, stderr }): never => {
    throw new Error(`ended with ${code} before it served: ${stderr}`);
  });
  const address = await Promise.race([served, failed]);
  failed.catch(() => undefined);
  return { ...started, address, ...asker(address) };
};

/** Ends a process that a story has started, and waits until it is gone. */
export const end = ({ child, ended }: Process, signal: NodeJS.Signals = 'SIGTERM') => {
  child.kill(signal);
  return ended;
};

/** Folders of a story's own, gone when it is over; and no server outlives it. */
export const stage = () => {
  const folders: string[] = [];
  const servers: Process[] = [];
  // Whoever starts others must be asked, to stop them too.
  const split: Process[] = [];
  afterAll(async () => {
    await Promise.all(servers.map((server) => end(server, SPLIT ? 'SIGTERM' : 'SIGKILL')));
    await Promise.all(split.map((server) => end(server)));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });
  return {
    newFolder: async (): Promise<string> => {
      const folder = await mkdtemp(join(tmpdir(), 'lumbung-story-'));
      folders.push(folder);
      return join(folder, 'data');
    },
    serve: async (...args: Parameters<typeof serve>): Promise<Server> => {
      const server = await serve(...args);
      servers.push(server);
      return server;
    },
    serveServices: async (...args: Parameters<typeof serveServices>): Promise<Server> => {
      const server = await serveServices(...args);
      split.push(server);
      return server;
    },
  };
};
