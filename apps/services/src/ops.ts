const ADDRESS = /^(.*):(\d+)$/;

/**
 * Where each process shows its figures: the address that was given, then the ports after it. What
 * is no address is handed on, for the process to say so.
 */
export const opsAddresses = (given: string | undefined) => {
  const [, host, port] = ADDRESS.exec(given ?? '') ?? [];
  let count = 0;
  return (): { LUMBUNG_OPS?: string } => {
    if (given === undefined) return {};
    if (host === undefined || port === '0') return { LUMBUNG_OPS: given };
    return { LUMBUNG_OPS: `${host}:${Number(port) + count++}` };
  };
};
