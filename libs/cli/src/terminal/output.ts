import cliProgress from 'cli-progress';

export type Bar = { update: (done: number, of: number) => void; stop: () => void };

/** A bar on standard error, so that standard output stays for what a program reads. */
export const progressBar = (title: string): Bar => {
  const bar = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {percentage}% | {value}/{total}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      noTTYOutput: false,
    },
    cliProgress.Presets.shades_classic,
  );
  let isStarted = false;
  // Whoever breaks off is left a terminal as it was.
  const breakOff = () => {
    bar.stop();
    process.kill(process.pid, 'SIGINT');
  };
  return {
    update: (done, of) => {
      if (!isStarted) {
        bar.start(of, done);
        process.once('SIGINT', breakOff);
      }
      isStarted = true;
      bar.setTotal(of);
      bar.update(done);
    },
    stop: () => {
      if (!isStarted) return;
      bar.stop();
      process.off('SIGINT', breakOff);
    },
  };
};
