import { useEffect, useRef } from 'react';
import type { Problem } from './problem.js';
import './server.css';

type Props = { problem: Problem | undefined; onRetry?: () => void };

/** The problem in words, read out when it appears; with `onRetry`, a button to try again. */
export const ProblemNote = ({ problem, onRetry }: Props) => {
  const note = useRef<HTMLDivElement>(null);
  const sentence = problem?.sentence;
  const ofForm = onRetry === undefined;
  // On a phone it may appear below the fold, where a tap that failed looks like no tap.
  useEffect(() => {
    if (sentence && ofForm) note.current?.scrollIntoView({ block: 'nearest' });
  }, [sentence, ofForm]);
  return (
    <div role="alert" className="problem-place" ref={note}>
      {problem && (
        <div className="problem">
          <p>{problem.sentence}</p>
          {problem.code !== 'NETWORK' && <p className="problem-code">{problem.code}</p>}
          {onRetry && (
            <button type="button" className="quiet" onClick={onRetry}>
              Coba lagi
            </button>
          )}
        </div>
      )}
    </div>
  );
};
