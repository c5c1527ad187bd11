type Step = () => Promise<unknown>;

/** What was opened and is yet to be closed, the last first. */
export class Closing {
  private readonly steps: Step[] = [];

  add(step: Step): void {
    this.steps.push(step);
  }

  /** A step that fails keeps no other from being taken. Throws what failed first. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.splice(0).reverse()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** What `compose` opens; where that fails, all it had opened by then is closed. */
export const openWhole = async <T>(compose: (closing: Closing) => Promise<T>): Promise<T> => {
  const closing = new Closing();
  try {
    return await compose(closing);
  } catch (error) {
    // Why it could not open is worth more than what could not be closed then.
    await closing.close().catch(() => undefined);
    throw error;
  }
};
