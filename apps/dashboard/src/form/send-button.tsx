import type { Problem } from '../server/problem.js';
import { ProblemNote } from '../server/problem-note.js';

type Props = {
  sending: boolean;
  problem: Problem | undefined;
  disabled?: boolean;
  /** What the button does, while nothing is under way. */
  children: string;
};

/** The button of a form, with what went wrong above it. */
export const SendButton = ({ sending, problem, disabled, children }: Props) => {
  const asAlways = problem?.code === 'NETWORK' ? 'Coba lagi' : children;
  return (
    <>
      <ProblemNote problem={problem} />
      <button type="submit" className="main-act" disabled={sending || disabled}>
        {sending ? 'Menyimpan…' : asAlways}
      </button>
    </>
  );
};
