// Ends with 0 where the address that it is given answers that all is well; for health checks.
const [, , address] = process.argv;

const isWell = await fetch(address, { signal: AbortSignal.timeout(4_000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isWell ? 0 : 1;
