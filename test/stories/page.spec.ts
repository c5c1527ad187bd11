import type { Page } from 'playwright-core';
import { describeInABrowser, fitsAcross, openBrowser, PHONE } from './browser.js';
import { type Server, SPLIT, stage } from './lumbung.js';
import { nameOf, nikOf, PARE } from './villagers.js';

const { newFolder, serve } = stage();
const open = openBrowser();

const COOPERATIVE = `/koperasi/${PARE}`;

// The server serves today, wherever this runs.
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const voucherOf = (number: number) =>
  `UMUM/${today.slice(0, 4)}/${String(number).padStart(5, '0')}`;

const fillIn = async (page: Page, index: number) => {
  await page.getByLabel('NIK', { exact: true }).fill(nikOf(index));
  await page.getByLabel('Nama menurut KTP').fill(nameOf(index));
  await page.getByLabel('Alamat').fill('Dusun Krajan RT 3');
};

const admit = async (page: Page, index: number) => {
  await fillIn(page, index);
  await page.getByRole('button', { name: 'Terima anggota' }).click();
  await page.getByRole('heading', { name: `${nameOf(index)} diterima` }).waitFor();
};

/** Lets a mutation be answered as where the readers lag: recorded, but without what follows. */
const withoutWhatFollows = async (page: Page, mutation: string) => {
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(mutation)) return route.continue();
    const response = await route.fetch();
    const { data } = await response.json();
    return route.fulfill({ json: { data: { [mutation]: { ...data[mutation], member: null } } } });
  });
  return () => page.unroute('**/graphql');
};

type Journal = { cooperative: { journal: { totalCount: number } } };

const journalCount = async ({ ask }: Server): Promise<number> => {
  const query = `{ cooperative(code: "${PARE}") { journal(book: UMUM, first: 1) { totalCount } } }`;
  return (await ask<Journal>(query)).cooperative.journal.totalCount;
};

describeInABrowser('a treasurer with a phone', () => {
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await serve(await newFolder());
    page = await open(server.address, PHONE);
  });

  it('finds his cooperative among all of the regency', async () => {
    await page.getByRole('heading', { name: 'Kabupaten Kediri' }).waitFor();
    await page.getByText('344').first().waitFor();
    await page.getByLabel('Cari desa').fill('Pare');
    const rows = page.locator('.cooperative-rows');
    await rows.getByRole('link', { name: 'Pare', exact: true }).click();
    await page.getByRole('heading', { name: 'Koperasi Kelurahan Merah Putih Pare' }).waitFor();
    expect(await fitsAcross(page)).toBe(true);
  });

  it('records what the members decided about pokok and wajib', async () => {
    await page.getByText('Tetapkan simpanan pokok dan wajib').click();
    await page.getByLabel('Simpanan pokok per anggota').fill('100000');
    await page.getByLabel('Simpanan wajib per bulan').fill('20000');
    await page.getByRole('button', { name: 'Tetapkan simpanan' }).click();
    await page.getByText('Ketetapan baru tercatat.').waitFor();
  });

  it('admits members by their KTP, and is told what is wrong with a NIK', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/terima-anggota`);
    await page.getByLabel('NIK', { exact: true }).fill('3506993201850001');
    expect(await page.locator('.trouble').first().textContent()).toContain('tanggal lahir');
    for (const index of [0, 1, 2]) {
      await admit(page, index);
      await page.getByRole('button', { name: 'Terima anggota lain' }).click();
    }
    await fillIn(page, 0);
    await page.getByRole('button', { name: 'Terima anggota' }).click();
    await page.getByRole('alert').filter({ hasText: 'sudah menjadi anggota' }).waitFor();
    expect(await fitsAcross(page)).toBe(true);
  });

  it('takes a pokok once although he taps twice, and hands out a receipt', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/terima-simpanan`);
    await page.getByRole('button', { name: new RegExp(nameOf(0)) }).click();
    await page.getByLabel('Jumlah').fill('90000');
    await page.getByRole('button', { name: 'Terima Rp90.000' }).click();
    await page.getByRole('alert').filter({ hasText: 'harus Rp100.000' }).waitFor();
    await page.getByLabel('Jumlah').fill('100000');
    await page.getByRole('button', { name: 'Terima Rp100.000' }).dblclick();
    const receipt = page.getByRole('article');
    await receipt.getByText(voucherOf(1)).waitFor();
    const text = await receipt.innerText();
    expect(text).toContain(nameOf(0));
    expect(text).toContain('Rp100.000');
    expect(text).toContain('seratus ribu rupiah');
    expect(await journalCount(server)).toBe(1);
    await page.getByRole('button', { name: 'Bagikan' }).click();
    await page.getByText('Teks bukti disalin').waitFor();
    const shared = await page.evaluate(() => navigator.clipboard.readText());
    expect(shared).toContain(voucherOf(1));
    expect(await fitsAcross(page)).toBe(true);
  });

  it('prints the receipt and nothing around it', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('article').isVisible()).toBe(true);
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  it('collects the wajib of a month from all who paid, and saves it once', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/pungutan-wajib`);
    await page.getByRole('button', { name: 'Tandai semua' }).click();
    await page.getByText('3 anggota, Rp60.000').waitFor();
    await page.getByRole('checkbox', { name: new RegExp(nameOf(1)) }).uncheck();
    await page.getByText('2 anggota, Rp40.000').waitFor();
    await page.getByRole('button', { name: 'Simpan pungutan' }).dblclick();
    await page.getByText('2 setoran tercatat, jumlah Rp40.000').waitFor();
    const paid = page.getByText('Sudah bayar', { exact: true });
    await paid.nth(1).waitFor();
    expect(await paid.count()).toBe(2);
    expect(await journalCount(server)).toBe(3);
    expect(await fitsAcross(page)).toBe(true);
  });

  it('tries again after the network was gone, and it is saved once', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/terima-simpanan`);
    await page.getByRole('button', { name: new RegExp(nameOf(1)) }).click();
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      const isDeposit = route.request().postData()?.includes('depositSimpanan') ?? false;
      if (!isDeposit || lost > 0) return route.continue();
      lost += 1;
      // The server takes it; its answer never comes.
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Terima Rp100.000' }).click();
    await page.getByRole('button', { name: 'Coba lagi' }).click();
    await page.getByRole('article').getByText(voucherOf(4)).waitFor();
    await page.unroute('**/graphql');
    expect(lost).toBe(1);
    expect(await journalCount(server)).toBe(4);
  });

  it('is given no balance from before on a receipt whose balance cannot be shown yet', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/terima-simpanan`);
    await page.getByRole('button', { name: new RegExp(nameOf(2)) }).click();
    const restore = await withoutWhatFollows(page, 'depositSimpanan');
    const amount = page.getByLabel('Jumlah');
    await amount.fill(nikOf(2));
    await page.getByText('Paling banyak Rp1.000.000.000.000.').waitFor();
    expect(await page.getByRole('button', { name: /^Terima Rp/ }).isDisabled()).toBe(true);
    await amount.fill('100000');
    await page.getByRole('button', { name: 'Terima Rp100.000' }).click();
    const receipt = page.getByRole('article');
    await receipt.getByText(voucherOf(5)).waitFor();
    const text = await receipt.innerText();
    expect(text).toContain(nameOf(2));
    expect(text).toContain('belum dapat ditampilkan');
    await restore();
  });

  it('is told that a candidate is recorded whom it cannot show yet', async () => {
    await page.goto(`${server.address}${COOPERATIVE}/terima-anggota`);
    const restore = await withoutWhatFollows(page, 'admitMember');
    await fillIn(page, 3);
    await page.getByRole('button', { name: 'Terima anggota' }).click();
    await page.getByRole('heading', { name: 'Sudah tercatat' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await restore();
    await page.getByRole('link', { name: 'Lihat daftar anggota' }).click();
    const row = page.getByRole('row').filter({ hasText: nameOf(3) });
    await row.waitFor();
    expect(await row.count()).toBe(1);
  });

  it('sees his members and his journal on the page of the cooperative', async () => {
    await page.goto(`${server.address}${COOPERATIVE}`);
    await page
      .getByRole('row')
      .filter({ hasText: nameOf(2) })
      .waitFor();
    await page.getByText(voucherOf(4), { exact: true }).waitFor();
    expect(await fitsAcross(page)).toBe(true);
  });
});

describeInABrowser('an officer at his desk', () => {
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await serve(await newFolder());
    page = await open(server.address, { width: 1280, height: 900 });
  });

  it('searches, sorts and pages the cooperatives', async () => {
    const rows = page.locator('.cooperative-rows tbody tr');
    await rows.first().waitFor();
    const firstName = async () => rows.first().getByRole('rowheader').innerText();
    const byCode = await firstName();
    await page.getByRole('button', { name: 'Desa', exact: true }).click();
    await page.waitForFunction(
      (before) => document.querySelector('.cooperative-rows tbody th')?.textContent !== before,
      byCode,
    );
    expect(await firstName()).not.toBe(byCode);
    const firstPage = await firstName();
    await page.getByRole('button', { name: 'Berikutnya' }).first().click();
    await page.waitForFunction(
      (before) => document.querySelector('.cooperative-rows tbody th')?.textContent !== before,
      firstPage,
    );
    await page.getByLabel('Cari desa').fill('Sidom');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.cooperative-rows tbody th')].every((cell) =>
        cell.textContent?.startsWith('Sidom'),
      ),
    );
    expect(await rows.count()).toBeGreaterThan(0);
  });

  it('sees who has not started', async () => {
    await page.goto(server.address);
    await page.getByLabel('Belum mulai').check();
    await page.locator('.cooperative-rows .badge.idle').first().waitFor();
  });

  it('asks GraphQL by hand where the schema explains itself, without a network', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${server.address}/graphql`);
    await page.locator('.graphiql-query-editor').getByText('cooperativeCount').waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByText('"cooperativeCount": 344').waitFor();
    await page.getByRole('button', { name: /Documentation Explorer/ }).click();
    await page.getByText('Query', { exact: true }).first().waitFor();
    expect([...new Set(asked)]).toEqual([server.address]);
  });
});

// Services apart serve no made-up life.
const itOfOneProcess = SPLIT ? it.skip : it;

describeInABrowser('a folder with a made-up life', () => {
  itOfOneProcess('says DATA CONTOH on every page', async () => {
    const server = await serve(await newFolder(), ['--demo']);
    const page = await open(server.address, PHONE);
    const paths = ['/', COOPERATIVE, `${COOPERATIVE}/terima-simpanan`, '/graphql'];
    for (const path of paths) {
      await page.goto(`${server.address}${path}`);
      await page.getByText('DATA CONTOH').first().waitFor();
    }
  });
});
