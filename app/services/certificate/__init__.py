"""Use cases of certificates: their business step by step, the register behind it, and who asks whether one is good.

steps         those of a case that an office takes, from acceptance to issue
evaluation    who is drawn, who declines, what the doctors conclude
notice        what is posted, and who must keep out of a case
cancellation  an office looks into it, a named human decides
proposal      what the passing of days proposes
register      what a case finds on the register, and writes there
standing      frozen, and let go on
verification  how one stands, with the least that the purpose needs
"""
