import { type Ask, face, query } from '#lumbung/kernel';
import type { Bus } from './bus.js';
import { Face } from './face.decorator.js';
import { clientFor } from './faces.module.js';
import { Permission } from './permission.decorator.js';
import { asking, PantryApi, PantryHandler, storing } from './testing/pantry.js';

const Look = query({});

abstract class ShelfApi {
  static readonly face = face<ShelfApi>('test.shelf', { look: Look });
  abstract look(ask: Ask<typeof Look>): Promise<string>;
}

describe('a face', () => {
  it('is called by the pattern of its service, its name and the method', async () => {
    const sent: [string, unknown][] = [];
    const bus: Bus = {
      send: async (pattern, payload) => {
        sent.push([pattern, payload]);
        return 'answered';
      },
    };
    const client = clientFor(PantryApi, bus);
    const call = storing() as Parameters<PantryApi['store']>[0];
    expect(await client.store(call)).toBe('answered');
    await client.echo(asking({ value: 1 }) as never);
    expect(sent).toEqual([
      ['test.pantry.store', call],
      ['test.pantry.echo', asking({ value: 1 })],
    ]);
  });

  it('has all that was declared and nothing else', () => {
    const client = clientFor(PantryApi, { send: async () => undefined });
    expect(Object.keys(client)).toEqual(Object.keys(PantryApi.face.methods));
  });

  it('does not start with a method that names no permission', () => {
    class ShelfHandler implements ShelfApi {
      async look() {
        return 'rice';
      }
    }
    const bind = () => Face(ShelfApi)(ShelfHandler);
    expect(bind).toThrow('test.shelf.look names no permission');
  });

  it('does not start with a method that does not say what it touches', () => {
    class ShelfHandler implements ShelfApi {
      @Permission('shelf.read')
      async look() {
        return 'rice';
      }
    }
    const bind = () => Face(ShelfApi)(ShelfHandler);
    expect(bind).toThrow('test.shelf.look does not say what it touches');
  });

  it('does not start without a method that it declares', () => {
    class ShelfHandler {}
    expect(() => Face(ShelfApi)(ShelfHandler)).toThrow('test.shelf has no method look');
  });

  it('starts with a permission for each method', () => {
    class ShelfHandler implements ShelfApi {
      @Permission('shelf.read', 'anywhere')
      async look() {
        return 'rice';
      }
    }
    expect(() => Face(ShelfApi)(ShelfHandler)).not.toThrow();
  });

  it('checks what it is given also when it is called without a bus', async () => {
    const handler = new PantryHandler();
    const refused = handler.store(storing({ note: 7 }) as never);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await handler.store(storing() as never)).toEqual({
      worth: 5_000,
      callers: 'bendahara, by its own door',
    });
  });
});
