import { db } from 'ponder:api'
import schema from 'ponder:schema'
import { Hono } from 'hono'
import { graphql } from 'ponder'

// GraphQL only: without Postgres, Ponder's SQL endpoint runs queries outside a read-only transaction and without a time limit
const app = new Hono()
app.use('/graphql', graphql({ db, schema }))

export default app
