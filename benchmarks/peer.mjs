// A Node peer in one long-lived process; see peer.py. Arguments: name of the peer, file of adverts (JSON array).
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {createInterface} from 'node:readline'

const [name, file] = process.argv.slice(2)
const require = createRequire(import.meta.url)

const start = {
  async alex() {
    const {text} = await import('alex')
    return (advert) => text(advert).messages.length
  },
  async 'retext-equality'() {
    const [{retext}, {default: equality}] = await Promise.all([import('retext'), import('retext-equality')])
    const processor = retext().use(equality).freeze()
    return (advert) => processor.processSync(advert).messages.length
  },
  async yoastseo() {
    const {Paper, assessors} = require('yoastseo')
    const {default: Researcher} = require('yoastseo/build/languageProcessing/languages/en/Researcher.js')
    return (advert) => {
      const paper = new Paper(advert, {locale: 'en_US'})
      const assessor = new assessors.InclusiveLanguageAssessor(new Researcher(paper))
      assessor.assess(paper)
      return assessor.getValidResults().length
    }
  }
}

const check = await start[name]()
const adverts = JSON.parse(readFileSync(file, 'utf8'))
check(adverts[0])
console.log('ready')
for await (const line of createInterface({input: process.stdin})) {
  const [from, to] = line.split(' ').map(Number)
  const began = process.cpuUsage()
  let flags = 0
  for (const advert of adverts.slice(from, to)) flags += check(advert)
  const used = process.cpuUsage(began)
  console.log(JSON.stringify({seconds: (used.user + used.system) / 1e6, flags}))
}
console.log(JSON.stringify({peak_kb: process.resourceUsage().maxRSS}))
