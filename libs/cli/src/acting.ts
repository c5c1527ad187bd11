import type { Caller } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import type { Bus } from '#lumbung/transport';
import { actingAs } from './calling.js';
import { connect, type Means } from './folder/session.js';

/** Connects as a user who has what the command needs, and parts when it is done. */
export const asUser = async <T>(
  means: Means,
  { user }: { user: string },
  needs: string,
  act: (bus: Bus, caller: Caller) => Promise<T>,
): Promise<T> => {
  const session = await connect(means);
  try {
    const thread = `${needs} ${nodePlatform.clock.now()}`;
    return await act(session.bus, await actingAs(session.bus, user, { thread, needs: [needs] }));
  } finally {
    await session.close();
  }
};
