import fc from 'fast-check';
import { chanceOf } from './chance.js';

const draws = (chance: ReturnType<typeof chanceOf>, count = 50) =>
  Array.from({ length: count }, () => chance.fraction());

describe('chance', () => {
  it('gives the same draws for the same seed, for good', () => {
    expect(draws(chanceOf('life', 1, 'a'))).toEqual(draws(chanceOf('life', 1, 'a')));
    const known = [0.5417614560574293, 0.689972123131156, 0.1055545536801219];
    expect(draws(chanceOf('known'), 3)).toEqual(known);
  });

  it('gives others for other parts, in whatever order they are drawn', () => {
    const one = draws(chanceOf('life', 1, 'a'));
    expect(draws(chanceOf('life', 2, 'a'))).not.toEqual(one);
    const [first, second] = [chanceOf('life', 1, 'a'), chanceOf('life', 1, 'b')];
    const woven = Array.from({ length: 50 }, () => [first.fraction(), second.fraction()]);
    expect(woven.map(([drawn]) => drawn)).toEqual(one);
  });

  it('draws whole numbers with both bounds, each about as often', () => {
    const chance = chanceOf('whole');
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 8_000; n++) {
      const drawn = chance.whole(0, 3);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts).toHaveLength(4);
    for (const count of counts) expect(count).toBeGreaterThan(1_700);
  });

  it('stays within its bounds', () => {
    const seeds = fc.tuple(fc.string(), fc.integer({ min: -100, max: 100 }), fc.nat(50));
    fc.assert(
      fc.property(seeds, ([seed, least, width]) => {
        const chance = chanceOf(seed);
        for (let n = 0; n < 20; n++) {
          const drawn = chance.whole(least, least + width);
          expect(Number.isInteger(drawn) && drawn >= least && drawn <= least + width).toBe(true);
          const fraction = chance.fraction();
          expect(fraction >= 0 && fraction < 1).toBe(true);
        }
      }),
    );
  });

  it('lets happen what is certain, and never what is impossible', () => {
    const chance = chanceOf('happens');
    expect(Array.from({ length: 100 }, () => chance.happens(1))).not.toContain(false);
    expect(Array.from({ length: 100 }, () => chance.happens(0))).not.toContain(true);
  });
});
