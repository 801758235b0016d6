def update(W, b, dW, db, learning_rate):
    newW, newb = W[:], b[:]
    for theta, grad in ((newW, dW), (newb, db)):
        for l in range(len(theta)):
            theta[l] -= learning_rate * grad[l]
    return newW, newb
