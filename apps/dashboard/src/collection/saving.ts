import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { type Act, execute, newAct, refresh } from '../server/command.js';
import { type Problem, problemOf } from '../server/problem.js';
import { inBatches } from './list.js';
import { type Collected, type CollectFields, CollectWajib } from './queries.js';

type Batch = { act: Act; fields: CollectFields; collected?: Collected };

export type Saved = { vouchers: string[]; total: number };

const savedIn = (batches: readonly Batch[]): Saved => {
  const collected = batches.flatMap((batch) => batch.collected ?? []);
  return {
    vouchers: collected.flatMap(({ vouchers }) => vouchers),
    total: collected.reduce((sum, { total }) => sum + total, 0),
  };
};

/**
 * Saves a collection, one command for each batch. Where the server's word is missing, the same
 * batches are sent again under the same names, and only those not yet acknowledged; so nobody
 * pays twice, however often the button is tapped.
 */
export const useSaving = () => {
  const client = useApolloClient();
  const plan = useRef<Batch[]>([]);
  const underWay = useRef(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [saved, setSaved] = useState<Saved>();

  /** Answers what went wrong, if anything did. */
  const save = async (fields: CollectFields): Promise<Problem | undefined> => {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    setProblem(undefined);
    setSaved(undefined);
    if (plan.current.length === 0) {
      plan.current = inBatches(fields.members).map((members) => {
        return { act: newAct(), fields: { ...fields, members } };
      });
    }
    let refusal: Problem | undefined;
    try {
      for (const batch of plan.current) {
        if (batch.collected) continue;
        const data = await execute(client, CollectWajib, batch.act, batch.fields);
        batch.collected = data.collectWajib;
      }
    } catch (error) {
      refusal = problemOf(error);
    }
    const sum = savedIn(plan.current);
    if (sum.vouchers.length > 0) {
      setSaved(sum);
      refresh(client);
    }
    if (!refusal?.uncertain) plan.current = [];
    setProblem(refusal);
    setSending(false);
    underWay.current = false;
    return refusal;
  };

  /** While it is uncertain what was saved, the list must stay as it was sent. */
  const uncertain = problem?.uncertain === true;
  return { save, sending, problem, saved, uncertain };
};
