import { Component, type ReactNode } from 'react';

/** Says that the page itself failed, where otherwise it would be blank. */
export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main role="alert">
        <h1>Halaman ini mengalami kesalahan</h1>
        <p>Yang sudah tersimpan tetap tersimpan.</p>
        <button type="button" onClick={() => location.reload()}>
          Muat ulang
        </button>
      </main>
    );
  }
}
