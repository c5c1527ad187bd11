import { useState } from 'react';
import { FormPage } from '../cooperative/form-page.js';
import type { Cooperative } from '../cooperative/queries.js';
import { WithCooperative } from '../cooperative/with-cooperative.js';
import { monthOf, monthsLater } from '../format/calendar.js';
import { usePlatform } from '../frame/platform.js';
import { useRoll } from '../member/roll.js';
import { usePlace } from '../navigation/place.js';
import { Answer } from '../server/answer.js';
import { DepositForm } from './deposit-form.js';
import { ReceiptSheet } from './receipt-sheet.js';
import type { Receipt } from './receipt-text.js';

/** A due may be paid at most this many months ahead. */
const MONTHS_AHEAD = 12;

const Deposit = ({ cooperative }: { cooperative: Cooperative }) => {
  const { businessDate } = usePlatform();
  const { search } = usePlace();
  const [receipt, setReceipt] = useState<Receipt>();
  const [asked, setAsked] = useState(search.get('anggota') ?? undefined);
  const roll = useRoll(cooperative.code, monthsLater(monthOf(businessDate), MONTHS_AHEAD));

  const next = () => {
    setReceipt(undefined);
    setAsked(undefined);
    void roll.refetch();
  };
  if (receipt) return <ReceiptSheet receipt={receipt} onAgain={next} />;
  return (
    <Answer result={roll} what="anggota">
      {(members) => (
        <DepositForm
          cooperative={cooperative}
          members={members.filter(({ status }) => status !== 'KELUAR')}
          asked={asked}
          onDone={setReceipt}
        />
      )}
    </Answer>
  );
};

/** `/koperasi/:code/terima-simpanan`, with `?anggota=` for a member already chosen. */
export const DepositPage = ({ code }: { code: string }) => (
  <WithCooperative code={code}>
    {(cooperative) => (
      <FormPage title="Terima simpanan" cooperative={cooperative}>
        <Deposit cooperative={cooperative} />
      </FormPage>
    )}
  </WithCooperative>
);
