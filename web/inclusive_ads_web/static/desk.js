// The page on which an advert is written. Without this file its buttons send the form and the page comes back.
// With it the form is sent in the background, and what comes back takes its place; the text is marked while it is typed.

const MEMORY = 'inclusive-ads'
const PAUSE = 700 // milliseconds without a key before the text is checked

const TYPED = MEMORY + '-start' // what stands in the start page

const store = {
  save (fields) {
    try { sessionStorage.setItem(MEMORY, JSON.stringify(fields)); return true } catch { sessionStorage.removeItem(MEMORY); return false }
  },
  read () {
    try { return JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null') } catch { return null }
  },
  forget () { try { for (const key of [MEMORY, TYPED]) sessionStorage.removeItem(key) } catch { /* there is no storage */ } }
}

const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !['csrf_token', 'do'].includes(name))

export function start () {
  const form = document.querySelector('[data-desk]')
  if (form?.dataset.desk === 'done') return ending(form)
  if (form) return desk(form)
  const resume = document.querySelector('[data-resume-form]')
  if (resume) return bringBack(resume)
  document.querySelector('[data-stale]')?.querySelector('button').focus()
  beginning()
}

// The start page: what is in work can be gone on with; what is typed is there again after a reload.
function beginning () {
  const saved = store.read()
  const field = document.querySelector('#advert')
  const banner = document.querySelector('[data-saved]')
  if (!field || !banner) return
  if (saved && !document.querySelector('[name=source]')) {
    banner.hidden = false
    banner.querySelector('[data-forget]').addEventListener('click', () => { store.forget(); banner.hidden = true })
  }
  try {
    if (!field.value) field.value = sessionStorage.getItem(TYPED) ?? ''
    field.addEventListener('input', () => sessionStorage.setItem(TYPED, field.value))
  } catch { /* there is no storage, or it is full */ }
}

// The page that stood here (address.js), made anew of what this tab remembers.
function bringBack (form) {
  const saved = store.read()
  if (!saved) { location.replace(document.querySelector('.govuk-generic-header__homepage-link')?.href ?? '/'); return }
  for (const [name, value] of [...saved, ['do', history.state?.do ?? 'check']]) {
    const field = document.createElement('textarea')
    Object.assign(field, { name, value, hidden: true })
    form.append(field)
  }
  form.submit()
}

function ending (form) {
  store.save(fieldsOf(form))
  forgetting()
}

function forgetting () {
  for (const link of document.querySelectorAll('[data-forget]')) link.addEventListener('click', store.forget)
}

function desk (form) {
  const text = form.querySelector('#text')
  const busy = form.querySelector('.app-desk') // not about what is said, which would be said late
  let marks = form.querySelector('#marks')
  let timer, flight
  let acting = null // what a button asked for, under way; further ones wait for it
  const waiting = []
  let leaving = null // the button with which the form goes once all is done
  let at = null // key of the point that the person is in

  try { sessionStorage.removeItem(TYPED) } catch { /* there is no storage */ }
  document.body.classList.add('app-live')
  forgetting()
  for (const hidden of form.querySelectorAll('[data-next]')) hidden.hidden = false
  const remembered = document.querySelector('[data-remembered]')
  remembered.hidden = false

  function remember () {
    if (!store.save(fieldsOf(form))) remembered.textContent = 'This advert is too large for the browser to remember: do not close or reload this page.'
  }

  function say (words) { form.querySelector('#said').textContent = words }

  // Do what buttons ask for, one after the other; what is asked for twice is done once.
  async function act (button) {
    const asked = { value: button.value, key: button.closest('.app-point')?.dataset.key, label: button.firstChild.data }
    if (!['undo', 'redo'].includes(asked.value) && [acting, ...waiting].some((other) => other?.value === asked.value)) return
    waiting.push(asked)
    if (acting) return
    let done = true
    while ((acting = waiting.shift())) done = await send(acting.value) && done
    const goes = leaving
    settle()
    if (goes && done) form.requestSubmit(goes)
  }

  // The button with which the form goes shows that it waits.
  function settle (button = null) {
    leaving?.removeAttribute('data-waits')
    leaving = button
    button?.setAttribute('data-waits', '')
    if (button) say('What you chose last is done first.')
  }

  // A point whose sentence has changed is the same wording still: what waits for it, and what is begun in it, goes along.
  function renewed (before) {
    const keys = new Map()
    const now = [...form.querySelectorAll('.app-point')]
    for (const { key, habit } of before.filter((one) => one.key !== acting?.key)) { // that one is done with
      const same = now.find((point) => point.dataset.habit === habit && !before.some((one) => one.key === point.dataset.key))
      if (same && !now.some((point) => point.dataset.key === key)) keys.set(key, same)
    }
    for (const asked of waiting) {
      const buttons = keys.get(asked.key)?.querySelectorAll('button[name=do]') ?? []
      const same = [...buttons].find((button) => button.firstChild.data === asked.label)
      if (same) Object.assign(asked, { value: same.value, key: keys.get(asked.key).dataset.key })
    }
    for (const { key, begun } of before) {
      for (const [name, value] of keys.has(key) ? begun : []) {
        const field = form.elements[`${name}-${keys.get(key).dataset.key}`]
        if (field) { field.value = value; field.closest('.app-way').open = true }
      }
    }
  }
  const pointsNow = () => [...form.querySelectorAll('.app-point')].map((point) => ({ ...point.dataset, begun: begunIn(point) }))
  const begunIn = (point) => [...point.querySelectorAll('textarea, input')]
    .filter((field) => field.hasAttribute('data-begun') || field.value !== field.defaultValue)
    .map((field) => [field.name.split('-')[0], field.value])

  // Send the form, with what a button asks for ('' for a check), and put what comes back in its place; whether it was done.
  async function send (value = '', again = false) {
    clearTimeout(timer)
    if (!value && acting) { timer = setTimeout(send, PAUSE); return } // a check may wait
    flight?.abort()
    const mine = flight = new AbortController()
    const data = new FormData(form)
    data.set('do', value || 'check')
    const typed = text.value
    let answer, words
    busy.setAttribute('aria-busy', 'true')
    try {
      answer = await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Part': '1' }, signal: mine.signal })
      words = await answer.text()
    } catch (error) {
      if (error.name !== 'AbortError') say('The server does not answer. Your text is safe here: try again in a moment.')
      return false
    } finally { if (flight === mine) busy.removeAttribute('aria-busy') }
    const page = new DOMParser().parseFromString(words, 'text/html')
    const stale = page.querySelector('[data-stale] [name=csrf_token]')
    if (stale && !again) {
      form.querySelector('[name=csrf_token]').value = stale.value
      return send(value, true)
    }
    if (!page.querySelector('[data-desk]')) {
      say(`${page.querySelector('h1')?.textContent ?? 'That did not work'}. Your text is safe here. ${page.querySelector('main p')?.textContent ?? ''}`)
      return false
    }
    const done = !page.querySelector('.govuk-error-summary')
    take(page, typed, value, data)
    return done
  }

  function take (page, typed, value, data) {
    const fresh = page.querySelector('#text').value
    const source = form.querySelector('[name=source]')
    const open = value ? null : shown()?.dataset.key
    const typing = document.activeElement === text
    const focused = document.activeElement?.id
    const caret = document.activeElement?.selectionStart
    const meanwhile = fieldsOf(form).filter(([name, value]) => name !== 'text' && data.has(name) && data.get(name) !== value)
    const folds = value ? [] : openFolds()
    const before = pointsNow()
    for (const id of ['carried', 'bar', 'said', 'points', 'beside']) {
      const here = form.querySelector('#' + id)
      const there = page.querySelector('#' + id)
      if (here && there && !(id === 'beside' && !value && here.contains(document.activeElement))) here.innerHTML = there.innerHTML
    }
    form.querySelector('#carried').append(source)
    for (const [name, value] of meanwhile) if (form.elements[name]?.id) form.elements[name].value = value
    renewed(before)
    for (const fold of folds) { const here = foldsIn().get(fold); if (here) here.open = true }
    for (const id of ['undo', 'redo']) form.querySelector('#' + id).disabled = page.querySelector('#' + id).disabled
    document.title = page.title
    const now = text.value
    if (now === typed || value) { // what was typed meanwhile stays
      marks.replaceWith(marks = document.adoptNode(page.querySelector('#marks')))
      write(now === typed ? fresh : both(typed, fresh, now))
    }
    if (now !== typed) {
      if (value) follow()
      timer = setTimeout(send, PAUSE)
    }
    const refused = errors(page)
    if (open) show(open, false)
    else if (value) {
      const next = form.querySelector('.app-point[open]')
      const beside = afterFact(value)
      if (next) show(next.dataset.key, !refused && !beside && !typing)
      if (refused) refused.focus()
      else if (!typing) (beside ?? next?.querySelector('summary') ?? form.querySelector('#points-title'))?.focus({ preventScroll: true })
    }
    const field = !value && focused && focused !== 'text' && document.getElementById(focused)
    if (field) {
      field.focus({ preventScroll: true })
      if (Number.isInteger(caret)) field.setSelectionRange(caret, caret)
    }
    remember()
  }

  // Where to go on after a fact or a statement: the next field, or the button that takes it back.
  function afterFact (value) {
    const [what, name] = value.split(':')
    if (what === 'add' || what === 'value') return form.querySelector('.app-fact input') ?? form.querySelector('#missing')
    return what === 'put' || what === 'out' ? form.querySelector(`[value="put:${name}"], [value="out:${name}"]`) : null
  }

  // Change the text so that the browser's own undo knows of it, and the cursor stays.
  function write (fresh) {
    if (fresh === text.value) return
    const [low, high, more] = difference(text.value, fresh)
    const at = text.selectionStart
    const active = document.activeElement
    text.focus({ preventScroll: true })
    text.setSelectionRange(low, high)
    writing = true
    const done = more ? document.execCommand('insertText', false, more) : document.execCommand('delete')
    writing = false
    if (!done || text.value !== fresh) text.value = fresh
    const moved = at <= low ? at : at < high ? low + more.length : at + more.length - (high - low)
    text.setSelectionRange(moved, moved)
    if (active !== text) active?.focus?.({ preventScroll: true })
  }

  // The error summary of the answer, put at the top; null where it has none.
  function errors (page) {
    document.querySelector('.govuk-error-summary')?.remove()
    const summary = page.querySelector('.govuk-error-summary')
    if (!summary) return null
    document.querySelector('main').prepend(document.adoptNode(summary))
    summary.tabIndex = -1
    summary.addEventListener('click', (event) => {
      const field = event.target.hash && document.getElementById(event.target.hash.slice(1))
      if (!field) return
      event.preventDefault()
      for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
      field.focus()
    })
    return summary
  }

  // Folds by a name that holds while what is about them changes.
  function foldsIn () {
    const named = [...form.querySelectorAll('details')].map((fold) => {
      const owner = fold.closest('[id]')
      return [owner === fold ? fold.id : `${owner.id} ${[...owner.querySelectorAll('details')].indexOf(fold)}`, fold]
    })
    return new Map(named)
  }
  const openFolds = () => [...foldsIn()].filter(([, fold]) => fold.open).map(([name]) => name)

  // Points and marks belong together: whichever is chosen, the other is shown.
  const shown = () => form.querySelector('.app-point[open]')
  const markOf = (key) => marks.querySelector(`mark[data-key="${key}"]`)

  function show (key, scroll) {
    for (const mark of marks.querySelectorAll('.app-mark--current')) mark.classList.remove('app-mark--current')
    const point = form.querySelector(`#point-${key}`)
    if (!point) return
    for (let fold = point; fold; fold = fold.parentElement.closest('details')) fold.open = true
    for (const other of form.querySelectorAll('.app-point[open]')) if (other !== point) other.open = false
    marks.querySelectorAll(`mark[data-key="${key}"]`).forEach((mark) => mark.classList.add('app-mark--current'))
    if (scroll) {
      markOf(key)?.scrollIntoView({ block: 'center' })
      const below = !matchMedia('(min-width: 56rem)').matches // the list of points stands below the text, not beside it
      point.scrollIntoView({ block: below ? 'start' : 'nearest' })
    }
  }

  function next () {
    const open = [...form.querySelectorAll('.app-point[data-state=open]')]
    const here = open.findIndex((point) => point.open)
    const point = open[here < 0 || open[here].dataset.key === at ? (here + 1) % open.length : here]
    if (!point) { say('No point is open.'); return }
    show(point.dataset.key, true)
    point.querySelector('summary').focus({ preventScroll: true })
  }

  // The mark at the cursor.
  function markAt (place) {
    let position = 0
    const walk = document.createTreeWalker(marks, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const node = walk.currentNode
      if (node.parentElement.closest('.app-mark__number')) continue
      if (place < position + node.length) return node.parentElement.closest('mark')
      position += node.length
    }
    return null
  }

  // While the text is typed its marks move along; one that is typed into goes until the text is checked again.
  function follow () {
    const [low, high, more] = difference(shownText(), text.value)
    let position = 0
    const walk = document.createTreeWalker(marks, NodeFilter.SHOW_TEXT)
    const nodes = []
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('.app-mark__number')) nodes.push(walk.currentNode)
    let left = more
    for (const node of nodes) {
      const start = position
      const end = position += node.length
      const touches = start <= high && end >= low && (end > low || node === nodes.at(-1) || high > low)
      if (!touches) continue
      const before = node.data.slice(0, Math.max(0, low - start))
      const after = node.data.slice(Math.min(node.data.length, Math.max(0, high - start)))
      node.data = before + left + after
      left = ''
      const mark = node.parentElement.closest('mark')
      if (mark) mark.replaceWith(...mark.childNodes)
    }
    if (left) marks.append(left)
  }

  function shownText () {
    const copy = marks.cloneNode(true)
    copy.querySelectorAll('.app-mark__number').forEach((number) => number.remove())
    return copy.textContent.slice(0, -1) // without the line end that gives the last line its height
  }

  let writing = false
  text.addEventListener('input', () => {
    if (writing) return
    follow()
    clearTimeout(timer)
    timer = setTimeout(send, PAUSE)
  })
  text.addEventListener('click', () => {
    const mark = markAt(text.selectionStart)
    if (mark && text.selectionStart === text.selectionEnd) {
      at = mark.dataset.key
      show(mark.dataset.key, false)
      form.querySelector(`#point-${mark.dataset.key}`)?.scrollIntoView({ block: 'nearest' })
    }
  })
  let chosen // the point that a person unfolds: the others are folded then; for print, all are unfolded
  form.addEventListener('toggle', (event) => {
    if (event.target.matches('.app-group[open]')) event.target.scrollIntoView({ block: 'nearest' })
    if (event.target === chosen && chosen.open) show(chosen.dataset.key, false)
    if (event.target === chosen) chosen = null
  }, true)
  form.addEventListener('focusin', (event) => { at = event.target.closest('.app-point')?.dataset.key ?? at })
  form.addEventListener('click', (event) => {
    // The second click of a double one may meet what has come into the place of the button meanwhile.
    if (event.detail > 1 && event.target.closest('button[name=do]:not(#undo, #redo)')) return event.preventDefault()
    const point = event.target.closest('.app-point > summary')?.parentElement
    if (point) {
      chosen = point
      markOf(point.dataset.key)?.scrollIntoView({ block: 'center' })
    }
    if (event.target.closest('[data-next]')) next()
  })
  addEventListener('keydown', (event) => {
    const key = event.altKey && !event.ctrlKey && event.code
    const press = { KeyN: next, KeyU: () => form.querySelector('#undo').click(), KeyR: () => form.querySelector('#redo').click() }[key]
    if (press) { event.preventDefault(); press() }
  })
  form.addEventListener('input', remember)
  form.addEventListener('keydown', (event) => { // Enter in a field presses the button of that field
    if (event.key !== 'Enter' || !event.target.matches('input')) return
    event.preventDefault()
    event.target.closest('details, .app-fact')?.querySelector('button[name=do]')?.click()
  })
  form.addEventListener('submit', (event) => {
    const button = event.submitter
    const leaves = !button || button.value === 'finish' || button.hasAttribute('data-leave')
    remember()
    if (leaves && !acting) return
    event.preventDefault()
    if (leaves) settle(button)
    else act(button)
  })

  const first = shown() ?? form.querySelector('.app-point[data-state=open]')
  if (first) show(first.dataset.key, false)
  remember()
  if (text.value !== text.defaultValue) text.dispatchEvent(new Event('input')) // typed before this was there
}

// A text that was changed in two places by two hands; where they meet, what a person typed stands.
export function both (before, theirs, own) {
  const [low, high, more] = difference(before, theirs)
  const [start, end, typed] = difference(before, own)
  if (low < end && start < high) return own
  const first = start <= low
  const change = (text, from, to, put) => text.slice(0, from) + put + text.slice(to)
  return first ? change(change(before, low, high, more), start, end, typed) : change(change(before, start, end, typed), low, high, more)
}

// Where two texts differ: start and end in the first, and what stands there in the second.
export function difference (before, after) {
  let low = 0
  const most = Math.min(before.length, after.length)
  while (low < most && before[low] === after[low]) low++
  let tail = 0
  while (tail < most - low && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return [low, before.length - tail, after.slice(low, after.length - tail)]
}
