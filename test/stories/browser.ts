import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

const found = existsSync(CHROMIUM);

// Where tests must all run, a missing browser is a failure and not a gap.
const mustRun = found || process.env.CI === 'true';

/** A story in a browser; skipped, and counted so, where Chromium is not installed. */
export const describeInABrowser = mustRun ? describe : describe.skip;

export type Screen = { width: number; height: number };

/** A cheap phone. */
export const PHONE: Screen = { width: 360, height: 640 };

/** A browser for the stories of one file. */
export const openBrowser = () => {
  let browser: Browser | undefined;
  afterAll(() => browser?.close());
  return async (address: string, screen: Screen): Promise<Page> => {
    browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const context = await browser.newContext({
      viewport: screen,
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
      hasTouch: screen.width < 600,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    return page;
  };
};

/** Whether nothing has to be scrolled sideways. */
export const fitsAcross = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
