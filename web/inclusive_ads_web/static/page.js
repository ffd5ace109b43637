// Everything works without this file; it saves a few steps.
import { initAll } from './vendor/govuk-frontend.min.js'
import { start } from './desk.js'

initAll()
start()

// "Copy" puts the improved advert on the clipboard and says so.
for (const button of document.querySelectorAll('[data-copy]')) {
  const status = document.getElementById(button.dataset.status)
  button.hidden = false
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(field.value)
      status.textContent = 'Copied.'
    } catch {
      field.closest('details')?.setAttribute('open', '')
      field.focus()
      field.select()
      status.textContent = 'Your browser did not allow it: the text is selected, copy it from there.'
    }
  })
}

// What is folded is printed too.
addEventListener('beforeprint', () => {
  document.querySelectorAll('details').forEach((fold) => { fold.open = true })
})
