import type { Channel } from '#lumbung/contracts';
import { add, type Rupiah, subtract, ZERO } from '#lumbung/kernel';

/** What one book has in its drawer and at the bank, so that nobody is paid out of nothing. */
export const cashOf = () => {
  const held: Record<Channel, Rupiah> = { KAS: ZERO, BANK: ZERO };
  return {
    receive: (channel: Channel, amount: Rupiah) => {
      held[channel] = add(held[channel], amount);
    },
    /** Takes the amount from where there is enough of it; undefined where there is not. */
    pay: (amount: Rupiah): Channel | undefined => {
      const channel = (['KAS', 'BANK'] as const).find((at) => held[at] >= amount);
      if (channel) held[channel] = subtract(held[channel], amount);
      return channel;
    },
  };
};
