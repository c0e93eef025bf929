/** Light, dark, or as the system has it. index.html sets it before the first paint. */

const key = 'martlet.theme';

export function chosenTheme() {
    return document.documentElement.dataset.theme ?? 'system';
}

export function chooseTheme(theme) {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
        if (theme === 'system') localStorage.removeItem(key);
        else localStorage.setItem(key, theme);
    } catch {
        // It lasts as long as the page.
    }
}

/** What a menu offers. */
export function themeItems() {
    const item = (theme, label, name) => ({
        label, icon: chosenTheme() === theme ? 'check' : name, run: () => chooseTheme(theme),
    });
    return [item('light', 'Light', 'sun'), item('dark', 'Dark', 'moon'),
        item('system', 'As the system')];
}
