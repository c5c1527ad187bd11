let last: string | undefined;

/** The latest log position that a command of this page answered; readers wait for it. */
export const lastPosition = (): string | undefined => last;

/** Takes note of the positions in a command's answer, `{field: {position}}`. */
export const notePosition = (answer: object): void => {
  for (const field of Object.values(answer)) {
    const position: unknown = field?.position;
    if (typeof position !== 'string' || !/^\d+$/.test(position)) continue;
    if (last === undefined || BigInt(position) > BigInt(last)) last = position;
  }
};
