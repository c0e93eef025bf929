/** Does something for elements only while they are on the screen, or nearly. */

const entered = new WeakMap();
let observer = null;

/** `enter()` answers what undoes it; the function answered here stops the watching. */
export function whileOnScreen(element, enter) {
    observer ??= new IntersectionObserver(look, { rootMargin: '120px 0px' });
    entered.set(element, { enter, leave: null });
    observer.observe(element);
    return () => {
        observer.unobserve(element);
        entered.get(element)?.leave?.();
        entered.delete(element);
    };
}

function look(entries) {
    for (const { target, isIntersecting } of entries) {
        const place = entered.get(target);
        if (!place) continue;
        if (isIntersecting) place.leave ??= place.enter();
        else {
            place.leave?.();
            place.leave = null;
        }
    }
}
